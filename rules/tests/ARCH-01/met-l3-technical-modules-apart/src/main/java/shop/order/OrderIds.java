package shop.order;

import shop.util.Ids;

public class OrderIds {
    long next() {
        return Ids.next() + Ids.next() + Ids.next();
    }
}
