package shop;

import org.junit.jupiter.api.Test;

class OrderIT {
    @Test
    void saves() {
    }
}
