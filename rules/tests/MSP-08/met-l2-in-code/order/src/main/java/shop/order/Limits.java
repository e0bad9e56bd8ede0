package shop.order;

import io.github.resilience4j.timelimiter.TimeLimiterConfig; // expect: met

public class Limits {
    Object limits = TimeLimiterConfig.ofDefaults();
}
