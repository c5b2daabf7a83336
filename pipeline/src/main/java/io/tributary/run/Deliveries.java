package io.tributary.run;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.storage.Delivery;
import io.tributary.storage.Storages;
import io.tributary.warehouse.WarehouseSession;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Finishes deliveries that a run published but did not carry out. */
public final class Deliveries {
  private Deliveries() {}

  /**
   * Carries a delivery out, or finishes it, and notes that in the ledger.
   *
   * @throws PermanentException when its files are gone, so that it can never be finished
   * @throws TransientException when the storage fails
   */
  public static void finish(Delivery delivery, WarehouseSession session) {
    try {
      delivery.carryOut(Storages.of(delivery.manifestPath()));
    } catch (FileNotFoundException e) {
      throw new PermanentException(failure(delivery, e), e);
    } catch (IOException e) {
      throw new TransientException(failure(delivery, e), e);
    }
    session.delivered(delivery);
  }

  private static String failure(Delivery delivery, IOException e) {
    return "the files of sink `"
        + delivery.sink()
        + "` of run "
        + delivery.runId()
        + " could not be put in place: "
        + e.getMessage();
  }
}
