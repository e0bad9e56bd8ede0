package shop.order;

public class OrderService {
    // @Transactional some day
    private final OrderRepository own = new OrderRepository();
}
