"""Collective Efficacy Dashboard: do individual gains compound into shared capability?"""
