package shop.order;

import com.alibaba.csp.sentinel.annotation.SentinelResource;

public class Stock {
    @SentinelResource("stock") // expect: met
    public int left() {
        return 1;
    }
}
