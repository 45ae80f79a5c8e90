"""`acg labs`: what Azure Lab Services does, and no deployment can say."""
