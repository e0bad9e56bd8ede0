package shop.price;

import jakarta.servlet.http.HttpSession;

public class PricesTest {
    static int runs;
    HttpSession session;
}
