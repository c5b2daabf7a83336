package io.tributary.compile;

import io.tributary.storage.Delivery;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.StepCount;
import java.util.List;

/** What a run made visible. */
public record PublishOutcome(
    List<StepCount> steps,
    long rejected,
    List<PublishedTable> tables,
    List<Drift> drift,
    List<Delivery> deliveries) {}
