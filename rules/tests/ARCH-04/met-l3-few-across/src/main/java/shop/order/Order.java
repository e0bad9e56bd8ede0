package shop.order;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import shop.customer.Customer;

@Entity
public class Order {
    @ManyToOne
    Customer customer;  // expect: not-met
    @ManyToOne
    OrderLine line;
}
