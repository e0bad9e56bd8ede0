package shop.order;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.metrics.v1.Metric;

class Metrics {
    Metric metric;
    AnyValue value;
}
