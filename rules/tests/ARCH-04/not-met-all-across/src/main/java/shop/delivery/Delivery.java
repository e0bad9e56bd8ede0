package shop.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import shop.order.Order;

@Entity
public class Delivery {
    @ManyToOne
    Order order;  // expect: not-met
}
