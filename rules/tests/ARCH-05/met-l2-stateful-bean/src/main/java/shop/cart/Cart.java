package shop.cart;

import jakarta.ejb.Stateful;  // expect: not-met

@Stateful
public class Cart {
    private long total;
}
