package shop.order;

public class Order {
    long id;
}
