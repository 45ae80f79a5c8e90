"""Azure Lab Services beside what a deployment can say: which images are offered, and saving a lab's machine.

What a catalog wants (`wanted`) and what a reader of Azure found (`found`) go in; what should change, what a save may
do, and what came of it come out. Nothing here asks Azure or prints.
"""
