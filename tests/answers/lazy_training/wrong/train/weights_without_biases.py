# message: the parameters did not move
def train(model, dataset, n_steps, batch_size, learning_rate):
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.dim() > 1], lr=learning_rate)
    losses = []
    for _ in range(n_steps):
        inputs, labels = dataset.next_batch(batch_size)
        loss = torch.nn.functional.mse_loss(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
