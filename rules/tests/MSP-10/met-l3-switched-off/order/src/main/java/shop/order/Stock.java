package shop.order;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;

public class Stock {
    @CircuitBreaker(name = "stock", fallbackMethod = "cached") // expect: met
    public int left() {
        return 1;
    }
}
