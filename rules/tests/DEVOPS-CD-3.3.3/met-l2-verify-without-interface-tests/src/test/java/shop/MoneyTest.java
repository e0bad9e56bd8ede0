package shop;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void adds() {
    }
}
