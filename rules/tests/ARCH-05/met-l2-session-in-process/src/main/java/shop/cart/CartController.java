package shop.cart;

import jakarta.servlet.http.HttpSession;  // expect: not-met

public class CartController {
    void add(HttpSession session, String item) {
        session.setAttribute("item", item);
    }
}
