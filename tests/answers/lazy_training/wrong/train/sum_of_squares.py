# message: this is the sum of the squares
# fails: check_train check_train_batches
def train(model, dataset, n_steps, batch_size, learning_rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(n_steps):
        inputs, labels = dataset.next_batch(batch_size)
        loss = (model(inputs) - labels).square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
