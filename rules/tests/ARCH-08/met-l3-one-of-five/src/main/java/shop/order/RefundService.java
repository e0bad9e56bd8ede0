package shop.order;

import org.springframework.transaction.annotation.Transactional;

@Transactional
public class RefundService {
    private final OrderRepository own = new OrderRepository();

    public void run() {
        own.save();
    }
}
