"""From a request to a draft: plan, prompts, generation, evidence, assembly."""
