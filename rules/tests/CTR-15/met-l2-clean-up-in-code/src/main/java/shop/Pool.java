package shop;

import jakarta.annotation.PreDestroy;

public class Pool {
    @PreDestroy
    void close() {
    }
}
