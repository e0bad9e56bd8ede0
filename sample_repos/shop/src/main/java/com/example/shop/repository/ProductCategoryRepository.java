package com.example.shop.repository;

import com.example.shop.model.ProductCategory;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored ProductCategory records. */
public interface ProductCategoryRepository extends JpaRepository<ProductCategory, Long> {

    List<ProductCategory> findByParentId(Long parentId);
}
