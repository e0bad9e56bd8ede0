package shop.order;

import org.springframework.context.event.EventListener;

public class Mailer {
    @EventListener  // expect: met
    void on(OrderPlaced event) {
    }
}
