package shop.order;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;

@Entity
public class Discount {
    int percent;
}
