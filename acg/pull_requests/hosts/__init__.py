"""The interfaces of GitHub, GitLab and Azure DevOps, as far as pull requests need them."""
