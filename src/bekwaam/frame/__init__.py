"""The frame of every page: skeleton, design tokens, components, charts, words for numbers and for errors."""
