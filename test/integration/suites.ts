/** Every suite of the integration tests; a new one is added here. */
import './activation.test';
