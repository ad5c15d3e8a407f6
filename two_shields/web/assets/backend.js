// On a subpage Streamlit looks for its server below the page's address first, and gets two 404s. All pages stand directly
// below the site's root, where the server is.
window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href};
