package shop.cart;

import jakarta.servlet.http.HttpSession;

public class CartController {
    void add(HttpSession session, String item) {
        session.setAttribute("item", item);
    }
}
