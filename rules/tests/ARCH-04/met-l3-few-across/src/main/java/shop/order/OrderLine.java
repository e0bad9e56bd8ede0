package shop.order;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;

@Entity
public class OrderLine {
    @ManyToOne
    Discount discount;
}
