package shop;

import io.qameta.allure.Issue;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    @Issue("ORDER-123") // expect: met
    void lists() {
    }
}
