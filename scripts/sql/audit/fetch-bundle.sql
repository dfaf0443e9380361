-- The next lines of the bundle that open-bundle.sql opened.
fetch 500 from bundle;
