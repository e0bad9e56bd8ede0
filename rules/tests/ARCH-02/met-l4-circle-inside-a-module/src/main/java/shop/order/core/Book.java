package shop.order.core;

public class Book {
    shop.order.api.Orders orders;  // expect: not-met
}
