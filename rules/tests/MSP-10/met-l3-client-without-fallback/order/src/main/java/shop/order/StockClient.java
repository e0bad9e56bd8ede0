package shop.order;

import org.springframework.cloud.openfeign.FeignClient;

@FeignClient(name = "stock") // expect: not-met
public interface StockClient {
}
