package shop.order;

import org.junit.jupiter.api.Timeout;

@Timeout(5)
public @interface Slow {
}
