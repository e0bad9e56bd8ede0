package shop.order.api;

public class Orders {
    shop.order.core.Book book;
}
