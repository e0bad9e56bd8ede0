package shop;

import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc; // expect: met

class OrderControllerTest {
    MockMvc mvc;

    @Test
    void lists() throws Exception {
    }
}
