package shop;

import io.restassured.RestAssured; // expect: met
import org.junit.jupiter.api.Test;

class OrderApiTest {
    @Test
    void lists() {
        RestAssured.get("/orders").then().statusCode(200);
    }
}
