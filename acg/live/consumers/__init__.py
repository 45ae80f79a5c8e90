"""Who uses images: asked of Azure Resource Graph, in the subscriptions whose resources the caller may read."""
