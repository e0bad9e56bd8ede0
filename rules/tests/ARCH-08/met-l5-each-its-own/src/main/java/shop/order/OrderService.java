package shop.order;

import org.springframework.transaction.annotation.Transactional;

@Transactional
public class OrderService {
    private final OrderRepository own = new OrderRepository();

    public void run() {
        own.save();
    }
}
