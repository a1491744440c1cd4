// The page with a model alone.
export default { build: { rolldownOptions: { input: 'models.html' } } };
