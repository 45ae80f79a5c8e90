"""Azure Lab Services, read and changed: what neither a deployment nor azure-native can do.

Lab plans through azure-mgmt-labservices, their gallery through azure-mgmt-compute; lab accounts, for which no client
knows galleries, through requests of their own.
"""
