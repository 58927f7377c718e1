/** Every suite of the integration tests; a new one is added here. */
import './activation.test';
import './diagnostics.test';
import './languageFeatures.test';
import './evaluation.test';
import './models.test';
import './resume.test';
import './cache.test';
import './severalModels.test';
import './batch.test';
import './gaps.test';
import './prediction.test';
import './generation.test';
import './contributed.test';
