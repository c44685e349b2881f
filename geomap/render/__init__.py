"""Renderers: a Scene becomes files. Nothing is imported here, so that writing a file does not load folium."""
