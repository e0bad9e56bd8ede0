package shop.order;

import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import shop.common.Stored;

@Entity
public class Order extends Stored {
    @ManyToOne
    OrderLine line;
}
