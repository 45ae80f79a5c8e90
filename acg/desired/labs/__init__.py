"""Lab plans and accounts as desired resources, and the role of Azure Lab Services on their galleries."""
