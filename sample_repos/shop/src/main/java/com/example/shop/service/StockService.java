package com.example.shop.service;

import com.example.shop.model.StockItem;
import com.example.shop.model.Warehouse;
import com.example.shop.repository.StockItemRepository;
import org.springframework.stereotype.Service;

/** Knows what lies in the warehouses. */
@Service
public class StockService {

    private final StockItemRepository stockItemRepository;

    public StockService(StockItemRepository stockItemRepository) {
        this.stockItemRepository = stockItemRepository;
    }

    public int available(Long productId) {
        int sum = 0;
        for (StockItem item : stockItemRepository.findByProductId(productId)) {
            sum += item.available();
        }
        return sum;
    }

    public Warehouse nearest(Long productId) {
        return stockItemRepository.findByProductId(productId).get(0).getWarehouse();
    }

    public void reserve(Long productId, int count) {
        for (StockItem item : stockItemRepository.findByProductId(productId)) {
            if (item.available() >= count) {
                item.setReserved(item.getReserved() + count);
                stockItemRepository.save(item);
                return;
            }
        }
        throw new IllegalStateException("out of stock: " + productId);
    }
}
