"""What people say of a round: corrections with author and reason, objections and what came of them."""
