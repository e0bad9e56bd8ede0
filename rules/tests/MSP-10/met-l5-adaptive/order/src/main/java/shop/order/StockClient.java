package shop.order;

import org.springframework.cloud.openfeign.FeignClient;

@FeignClient(name = "stock", fallback = NoStock.class)
public interface StockClient {
}
