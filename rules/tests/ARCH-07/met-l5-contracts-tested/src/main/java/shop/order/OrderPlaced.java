package shop.order;

public class OrderPlaced {
    long id;
}
