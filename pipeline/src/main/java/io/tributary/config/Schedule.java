package io.tributary.config;

import java.time.ZoneId;

/**
 * When the config is to be run by the cloud's scheduler. {@code cron} has five fields and was
 * checked.
 */
public record Schedule(String name, String cron, boolean enable, ZoneId timezone) {}
