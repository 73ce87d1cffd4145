# message: the parameters did not move
def train(model, dataset, n_steps, batch_size, learning_rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(n_steps):
        inputs, labels = dataset.next_batch(batch_size)
        loss = torch.nn.functional.mse_loss(model(inputs), labels)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses
